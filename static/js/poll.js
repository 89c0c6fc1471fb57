// Asks how far a job is, every two seconds, and shows it; once it is over the page is loaded again.
const EVERY = 2000;
const AFTER_TROUBLE = 10000;
const OVER = ["done", "failed"];

export function startPoll(box) {
  if (OVER.includes(box.dataset.state)) return;
  const bar = box.matches("progress") ? box : box.querySelector("progress");
  const words = box.querySelector(".progress__words");
  box.querySelector(".progress__again")?.remove();

  async function ask() {
    let wait = EVERY;
    try {
      const answer = await fetch(box.dataset.poll, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      bar.max = told.total || 1;
      bar.value = told.done;
      if (words && words.textContent !== told.words) words.textContent = told.words;
      if (OVER.includes(told.state)) {
        window.location.reload();
        return;
      }
    } catch {
      wait = AFTER_TROUBLE;
    }
    setTimeout(ask, wait);
  }
  setTimeout(ask, EVERY);
}
