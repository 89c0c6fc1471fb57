// Run by `npm test`: the browser's count of words against the list that the server's count is tested with.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { clock } from "./autosave.js";
import { countWords, sayCount } from "./words.js";

const list = new URL("../../tests/base/word_count_cases.json", import.meta.url);

test("the browser counts words as the server does", async () => {
  const cases = JSON.parse(await readFile(list, "utf8"));
  assert.deepEqual(
    cases.map(({ text }) => countWords(text)),
    cases.map(({ words }) => words),
  );
});

test("what stands under the box", () => {
  assert.deepEqual(
    [sayCount(0, 300), sayCount(1, 1), sayCount(41, 300), sayCount(301, 300), sayCount(1312, 1300)],
    [
      "Up to 300 words",
      "1 of 1 word",
      "41 of 300 words",
      "1 word too many: the limit is 300",
      "12 words too many: the limit is 1,300",
    ],
  );
});

test("the time of a save is said as people say it", () => {
  const at = (hours, minutes) => clock(new Date(2026, 4, 5, hours, minutes));
  assert.deepEqual([at(9, 0), at(15, 42), at(12, 5), at(0, 30)], ["9am", "3.42pm", "12.05pm", "12.30am"]);
});
