/** @returns median wall-clock seconds of `repeats` runs, after one that is not counted. */
export async function medianSeconds(work: () => Promise<unknown>, repeats = 3): Promise<number> {
  await work()
  const seconds: number[] = []
  for (let i = 0; i < repeats; i++) {
    const start = performance.now()
    await work()
    seconds.push((performance.now() - start) / 1000)
  }
  return seconds.sort((a, b) => a - b)[Math.floor(repeats / 2)]!
}
