/** Random numbers that are the same for the same seed, on any machine: mulberry32. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 to 1, without 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 to below the limit. */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  between(least, most) {
    return least + this.below(most - least + 1);
  }

  chance(share) {
    return this.next() < share;
  }

  pick(values) {
    return values[this.below(values.length)];
  }

  /** A few count most: low places come up more often. */
  pickSkewed(values) {
    return values[Math.floor(values.length * this.next() ** 2.2)];
  }

  /** Different values, in the order in which they came up. */
  some(values, count) {
    const chosen = new Set();
    while (chosen.size < Math.min(count, values.length)) chosen.add(this.pickSkewed(values));
    return [...chosen];
  }

  /** Lengths of texts are spread like this: many about the median, a few much longer. */
  logNormal(median, sigma) {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return median * Math.exp(sigma * normal);
  }
}
