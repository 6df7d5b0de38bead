/** Of an uploaded model's name: it is part of addresses and a folder's name. */
export const modelNamePattern = /^[a-z0-9][a-z0-9-]{1,59}$/

/** @returns a name made of another: `My Net` → `my-net`; it may be too short to be one. */
export function modelNameLike(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
}
