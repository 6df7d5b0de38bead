/** Logarithms of factorials, grown as they are needed. */
const logFactorials = [0]

function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k += 1) logFactorials.push(logFactorials[k - 1]! + Math.log(k))
  return logFactorials[n]!
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/**
 * Fisher's exact test, one-sided: how probable so few successes, or fewer, are in a group of a class whose successes fell to
 * anybody alike.
 *
 * Fisher, R. A. (1935). The logic of inductive inference. Journal of the Royal Statistical Society, 98, 39–82.
 *
 * @param successes of the group, at most `size`
 * @param size of the group
 * @param allSuccesses of the class, the group included
 * @param all of the class
 * @returns 0..1
 * @throws RangeError when the counts contradict each other
 */
export function fisherLess(successes: number, size: number, allSuccesses: number, all: number): number {
  const counts = [successes, size, allSuccesses, all]
  const fits =
    counts.every((count) => Number.isInteger(count) && count >= 0) &&
    successes <= Math.min(size, allSuccesses) &&
    size - successes <= all - allSuccesses
  if (!fits) throw new RangeError(`fisherLess: ${counts.join(', ')} are no counts of a group in a class`)
  const least = Math.max(0, size - (all - allSuccesses))
  let probability = 0
  for (let k = least; k <= successes; k += 1)
    probability += Math.exp(
      logChoose(allSuccesses, k) + logChoose(all - allSuccesses, size - k) - logChoose(all, size),
    )
  return Math.min(1, probability)
}
