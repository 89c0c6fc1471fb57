// Saves a draft while somebody writes: posts the form's own fields to its own address with X-Autosave: 1.
//
// Until the server has them, changed texts also stand in sessionStorage, each beside what the server last held. After
// a crash or a lost connection they are put back, but only where the server still holds the same (nobody else wrote).
// The answers are those of base/autosave.py: JSON with {"message"} and, once saved, {"fields": {name: value}} for hidden
// fields such as a version. 409 and 422 say that this cannot be saved as it is; anything else is tried again.
const PAUSE = 2500;
const AGAIN = 15000;

export function clock(now) {
  const minutes = now.getMinutes() ? `.${String(now.getMinutes()).padStart(2, "0")}` : "";
  return `${now.getHours() % 12 || 12}${minutes}${now.getHours() < 12 ? "am" : "pm"}`;
}

const same = (one, other) => one.replace(/\r\n/g, "\n").trim() === other.replace(/\r\n/g, "\n").trim();

export class Autosave {
  constructor(form, store = window.sessionStorage) {
    this.form = form;
    this.store = store;
    this.key = `unsaved:${window.location.pathname}`;
    this.changes = 0; // how often something changed, to know whether a save took in the last change
    this.savedChanges = 0;
    this.busy = false;
    this.leaving = false;
    this.held = new Map(this.texts().map((box) => [box.name, box.value]));
    this.say = this.makeStatus();
    this.putBack();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.unsaved && this.save());
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved && !this.leaving) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.unsaved && !this.leaving) this.save(true);
    });
  }

  // A save under way is waited for, so that two versions of one text never cross on their way.
  submitted(event) {
    clearTimeout(this.timer);
    if (this.busy) {
      event.preventDefault();
      this.afterwards = () => this.form.requestSubmit(event.submitter);
    } else this.leaving = true;
  }

  get unsaved() {
    return this.changes > this.savedChanges;
  }

  texts() {
    const boxes = "textarea[name], input[type=text][name], input[type=email][name], input[type=url][name]";
    return [...this.form.querySelectorAll(boxes)];
  }

  makeStatus() {
    const line = document.createElement("p");
    line.className = "autosave";
    line.setAttribute("role", "status");
    const button = this.form.querySelector("button[type=submit]");
    (button?.closest(".acts") ?? button)?.before(line);
    return (words, trouble = false) => {
      line.textContent = words;
      line.classList.toggle("autosave--trouble", trouble);
    };
  }

  putBack() {
    const kept = this.kept();
    let any = false;
    for (const box of this.texts()) {
      const one = kept[box.name];
      if (one && same(one.was, box.value) && !same(one.now, box.value)) {
        box.value = one.now;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        any = true;
      }
    }
    if (any) {
      this.say("We put back what you wrote here and could not be saved before.");
      this.changed();
    } else this.forget();
  }

  kept() {
    try {
      return JSON.parse(this.store.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  keep() {
    const kept = {};
    for (const box of this.texts()) {
      const was = this.held.get(box.name) ?? "";
      if (was !== box.value) kept[box.name] = { was, now: box.value };
    }
    try {
      this.store.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A full or forbidden store takes nothing away: the page still holds the text.
    }
  }

  forget() {
    try {
      this.store.removeItem(this.key);
    } catch {
      // As above.
    }
  }

  changed() {
    this.changes += 1;
    this.keep();
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save(keepalive = false) {
    if (this.busy || this.leaving) return;
    clearTimeout(this.timer);
    this.busy = true;
    const taken = this.changes;
    const values = new Map(this.texts().map((box) => [box.name, box.value]));
    let answer = null;
    try {
      answer = await fetch(this.form.action || window.location.href, {
        method: "POST",
        body: this.body(),
        headers: { "X-Autosave": "1", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        keepalive,
      });
    } catch {
      answer = null; // no connection
    }
    if (answer?.ok) await this.done(answer, taken, values);
    else await this.failed(answer);
    this.busy = false;
    this.afterwards?.();
    this.afterwards = null;
  }

  body() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  async done(answer, taken, values) {
    const told = await this.told(answer);
    for (const [name, value] of Object.entries(told.fields ?? {})) {
      const field = this.form.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`);
      if (field) field.value = value;
    }
    this.savedChanges = taken;
    this.held = values;
    this.say(told.message ?? `Saved at ${clock(new Date())}`);
    if (this.unsaved) {
      this.keep();
      this.later(PAUSE);
    } else this.forget();
  }

  async failed(answer) {
    const { status = 0 } = answer ?? {};
    if (status === 409 || status === 422) {
      const { message } = await this.told(answer);
      this.say(message ?? "Not saved: something here needs a change first. Use the button to see what.", true);
      return;
    }
    const out = answer && (answer.type === "opaqueredirect" || [400, 401, 403, 404].includes(status));
    this.say(
      out
        ? "Not saved: you may have been signed out. Keep this page, sign in again in another window, and we will keep trying."
        : "Not saved, we will keep trying",
      true,
    );
    this.later(AGAIN);
  }

  async told(answer) {
    const json = (answer.headers.get("Content-Type") ?? "").includes("json");
    return json ? await answer.json().catch(() => ({})) : {};
  }
}
