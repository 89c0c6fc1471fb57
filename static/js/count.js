// Counts words while somebody types. What is seen changes at once; what is spoken waits for a pause of a second.
import { countWords, sayCount } from "./words.js";

const PAUSE = 1000;

export function startCount(box) {
  const seen = document.getElementById(`${box.id}-count`);
  const limit = Number(box.dataset.words);
  if (!seen || !limit) return;
  const spoken = document.createElement("div");
  spoken.className = "nhsuk-u-visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  seen.after(spoken);
  let waiting;
  const show = () => {
    const words = countWords(box.value);
    seen.textContent = sayCount(words, limit);
    seen.classList.toggle("word-count--over", words > limit);
  };
  show();
  box.addEventListener("input", () => {
    show();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      spoken.textContent = seen.textContent;
    }, PAUSE);
  });
}
