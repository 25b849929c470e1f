// The screen announces: in words for who listens to a reader, with a chime and a voice once somebody switched sound on.
const words = document.getElementById("main").dataset, said = document.getElementById("said");
const lost = document.getElementById("lost"), clock = document.getElementById("clock");
const button = document.getElementById("sound"), kept = window.localStorage;
const rows = () => [...document.querySelectorAll("#now [data-at]")].map(({ dataset }) => dataset);
let audio, last = Math.max(0, ...rows().map((row) => +row.at));

const isOn = () => button.getAttribute("aria-pressed") === "true";
const show = (on) => {
  button.setAttribute("aria-pressed", on);
  button.textContent = on ? button.dataset.on : button.dataset.off;
  kept.setItem("mq-sound", on ? "on" : "");
};
button.onclick = () => {
  show(!isOn());
  if (isOn()) chime(); // the browser lets a page sound only after somebody touched it
};
button.hidden = false;
show(kept.getItem("mq-sound") === "on");

function chime() {
  audio ??= new AudioContext();
  audio.resume();
  [660, 880].forEach((pitch, place) => {
    const tone = audio.createOscillator(), loud = audio.createGain(), start = audio.currentTime + place * 0.28;
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.25, start);
    loud.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
    tone.connect(loud).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.6);
  });
}

function speak(text) {
  const { speechSynthesis: voice } = window;
  const { lang } = document.documentElement;
  if (!voice?.getVoices().some((one) => one.lang.startsWith(lang))) return;
  const speech = new SpeechSynthesisUtterance(text);
  speech.lang = lang === "vi" ? "vi-VN" : lang;
  voice.speak(speech);
}

const sentence = (label, place) => words.said.replace("{label}", label).replace("{window}", place);
document.body.addEventListener("htmx:afterSwap", () => {
  // Every call since the last swap, the oldest first; a number that goes away announces nobody.
  const fresh = rows().filter((row) => +row.at > last).sort((one, other) => one.at - other.at);
  if (!fresh.length) return;
  last = +fresh.at(-1).at;
  said.textContent = ""; // the same words again, for a second call, are news only in an empty place
  setTimeout(() => { said.textContent = fresh.map((row) => sentence(row.label, row.window)).join(". "); }, 100);
  if (!isOn()) return;
  chime();
  // Letter by letter: A012 is heard as it is read.
  setTimeout(() => fresh.forEach((row) => speak(sentence([...row.label].join(" "), row.window))), 900);
});
document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  lost.textContent = detail.successful ? "" : words.lost;
});
const tick = () => { clock.textContent = new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }); };
setInterval(tick, 5000);
tick();
