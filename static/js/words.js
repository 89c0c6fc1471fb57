// How many words a text has: the twin of word_count in base/display.py. tests/base/word_count_cases.json is counted by
// both. A word is what stands between spaces or long dashes and holds a letter or a figure.
const BETWEEN = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\u2014\u2015]+/u;
const SIGN = /[\p{L}\p{N}]/u;

export function countWords(text) {
  return text.split(BETWEEN).filter((part) => SIGN.test(part)).length;
}

// What stands under the box: "Up to 300 words", "41 of 300 words", "12 words too many".
export function sayCount(words, limit) {
  const plural = (count) => `${count.toLocaleString("en-GB")} ${count === 1 ? "word" : "words"}`;
  if (words > limit) return `${plural(words - limit)} too many: the limit is ${limit.toLocaleString("en-GB")}`;
  return words ? `${words.toLocaleString("en-GB")} of ${plural(limit)}` : `Up to ${plural(limit)}`;
}
