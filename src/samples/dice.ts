/**
 * Throws that come out the same for the same seed, on every machine: what is made of them is made again exactly. Not for secrets.
 * The generator is splitmix32 (Steele, Lea and Flood, 2014, in its 32-bit form).
 */
export class Dice {
  private state: number

  constructor(seed: number | string) {
    this.state = typeof seed === 'number' ? seed >>> 0 : hashOf(seed)
  }

  /** Throws of their own for a part of the work, so that a change in one part moves nothing in the others. */
  fork(name: string): Dice {
    return new Dice(`${this.state} ${name}`)
  }

  /** From 0 up to and without 1. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)] as T
  }

  /** One of several, each as likely as its weight. */
  weighted<T>(from: readonly T[], weightOf: (one: T) => number): T {
    let left = this.next() * from.reduce((sum, one) => sum + weightOf(one), 0)
    for (const one of from) {
      left -= weightOf(one)
      if (left < 0) return one
    }
    return from.at(-1) as T
  }

  /** How many of something happen where so many are expected: a whole number near it. */
  count(expected: number): number {
    const swung = expected * (0.65 + 0.7 * this.next())
    const whole = Math.floor(swung)
    return whole + (this.chance(swung - whole) ? 1 : 0)
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193)
  return hash >>> 0
}
