/** Fills of regions, told apart by their numbers too. Red, green, blue. */
const colours = [
  [20, 158, 148],
  [214, 93, 14],
  [121, 85, 199],
  [200, 150, 0],
  [46, 110, 205],
  [196, 58, 120],
  [104, 145, 30],
  [120, 98, 80],
] as const

export function regionColour(id: number): readonly [number, number, number] {
  return colours[(id - 1) % colours.length]!
}
