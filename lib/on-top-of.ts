/**
 * What somebody wants, on top of what others have changed meanwhile.
 * @param known what the change started from
 * @returns the stored settings, but for those in which `wanted` is another than `known`
 */
export function onTopOf<Settings extends object>(
  stored: Settings,
  known: Settings,
  wanted: Settings,
): Settings {
  const names = Object.keys(wanted) as (keyof Settings)[]
  const changed = names.filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(known[name]))
  return Object.assign({ ...stored }, Object.fromEntries(changed.map((name) => [name, wanted[name]])))
}
