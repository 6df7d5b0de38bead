/**
 * Ids of new parts and options. Answers are stored by them, so an id that any version has had is never given again.
 */

/** @returns `s01-3`: the smallest number that is free. */
export function freshPartId(slug: string, taken: readonly string[]): string {
  let number = 1
  while (taken.includes(`${slug}-${number}`)) number++
  return `${slug}-${number}`
}

/** @returns `s01-3-e`: the first letter that is free, after z two of them. */
export function freshOptionId(partId: string, taken: readonly string[]): string {
  let number = 0
  while (taken.includes(`${partId}-${letters(number)}`)) number++
  return `${partId}-${letters(number)}`
}

function letters(number: number): string {
  const last = String.fromCharCode(97 + (number % 26))
  return number < 26 ? last : letters(Math.floor(number / 26) - 1) + last
}
