// The stub embedder of the comparison, the same to the last bit as HashEmbedder.cs:
//   1. words = maximal runs of ASCII letters and digits, lower-cased;
//   2. of each word: x = FNV-1a (32 bits) of its bytes, or 0x9E3779B9 where that is 0;
//   3. sixteen times: x = xorshift32(x) (13, 17, 5); component (x >>> 8) mod 384 += 1 if x is odd, else -= 1;
//   4. each component / sqrt(sum of squares), in 64-bit floating point, rounded to 32 bits.
// A text whose components are all 0 gets component 0 = 1. The sums are small integers, so nothing depends on the order.

export const DIMENSIONS = 384;
const DRAWS = 16;

const isDigit = (code) => code >= 48 && code <= 57;
const isLower = (code) => code >= 97 && code <= 122;
const isUpper = (code) => code >= 65 && code <= 90;

export function embed(text) {
  const sums = new Int32Array(DIMENSIONS);
  let hash = 0x811c9dc5;
  let inWord = false;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    if (isDigit(code) || isLower(code) || isUpper(code)) {
      hash = Math.imul(hash ^ (isUpper(code) ? code + 32 : code), 0x01000193);
      inWord = true;
    } else if (inWord) {
      addWord(sums, hash);
      hash = 0x811c9dc5;
      inWord = false;
    }
  }

  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  const vector = new Float32Array(DIMENSIONS);
  if (squares === 0) {
    vector[0] = 1;
    return vector;
  }
  const length = Math.sqrt(squares);
  for (let i = 0; i < DIMENSIONS; i++) vector[i] = sums[i] / length;
  return vector;
}

function addWord(sums, hash) {
  let x = hash === 0 ? 0x9e3779b9 | 0 : hash;
  for (let draw = 0; draw < DRAWS; draw++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    sums[(x >>> 8) % DIMENSIONS] += (x & 1) === 1 ? 1 : -1;
  }
}
