// What the browser adds to pages that work without it.
import { Autosave } from "./autosave.js";
import { startCount } from "./count.js";
import { startErrors } from "./errors.js";
import { startKeys } from "./keys.js";
import { startPoll } from "./poll.js";

const each = (selector, start) => document.querySelectorAll(selector).forEach((found) => start(found));

each("[data-error-summary]", startErrors);
each("textarea[data-words]", startCount);
each("form[data-autosave]", (form) => new Autosave(form));
each("[data-poll]", startPoll);
each("form[data-keys]", startKeys);
