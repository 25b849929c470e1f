// The hall's own machine: prints the slip at once and makes ready for the next person.
const { back, print } = document.getElementById("main").dataset;
let wait;
const rest = () => {
  clearTimeout(wait);
  wait = setTimeout(() => { window.location = back; }, print ? 8000 : 45000);
};
["pointerdown", "keydown"].forEach((touch) => addEventListener(touch, rest));
rest();
if (print) window.print(); // a browser in kiosk mode asks nobody
