/** @returns how an option is called by its place: A, B, … */
export function optionLetter(index: number): string {
  return String.fromCharCode(65 + index)
}
