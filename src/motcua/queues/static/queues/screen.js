// The screen announces: in words for who listens to a reader, with a chime and a voice once somebody switched sound on.
const words = document.getElementById("main").dataset, said = document.getElementById("said");
const lost = document.getElementById("lost"), clock = document.getElementById("clock");
const button = document.getElementById("sound"), kept = window.localStorage;
let audio, last = keyOf(document.getElementById("now"));

function keyOf({ dataset }) {
  return dataset.label ? `${dataset.label} ${dataset.window} ${dataset.times}` : "";
}

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

document.body.addEventListener("htmx:afterSwap", () => {
  const now = document.getElementById("now"), key = keyOf(now);
  if (key && key !== last) {
    const { label, window: place } = now.dataset;
    // Digit by digit: A012 is heard as it is read.
    said.textContent = words.said.replace("{label}", label).replace("{window}", place);
    if (isOn()) {
      chime();
      setTimeout(speak, 900, words.said.replace("{label}", [...label].join(" ")).replace("{window}", place));
    }
  }
  last = key;
});
document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  lost.textContent = detail.successful ? "" : words.lost;
});
const tick = () => { clock.textContent = new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }); };
setInterval(tick, 5000);
tick();
