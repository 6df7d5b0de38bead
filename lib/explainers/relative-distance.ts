/** @returns the relative L2 distance ‖found − exact‖ ÷ ‖exact‖, from 0; 0 of equal numbers, whatever they are. */
export function relativeDistance(found: ArrayLike<number>, exact: ArrayLike<number>): number {
  if (found.length !== exact.length)
    throw new RangeError(`relativeDistance: ${found.length} and ${exact.length} values`)
  let [differences, squares] = [0, 0]
  for (let i = 0; i < exact.length; i++) {
    differences += (found[i]! - exact[i]!) ** 2
    squares += exact[i]! ** 2
  }
  return differences === 0 ? 0 : Math.sqrt(differences / squares)
}
