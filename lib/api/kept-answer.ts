/** For what has a name that is a hash of its content: a browser keeps it for a year and never asks again. */
export const forever = 'private, max-age=31536000, immutable'

/** For what may be made differently by a later release: a browser asks after a day whether it still holds. */
export const forADay = 'private, max-age=86400'

/**
 * Answers with bytes that browsers may keep; one that has them and asks again gets none. `private`: only members of
 * the course may have them, so no shared cache may.
 * @param name of exactly these bytes; it becomes their tag.
 * @param read is called only when the bytes are needed.
 */
export async function answerKept(
  request: Request,
  { name, type, keep }: { readonly name: string; readonly type: string; readonly keep: string },
  read: () => Promise<string | Uint8Array<ArrayBuffer>>,
): Promise<Response> {
  const tag = `"${name}"`
  const headers = { 'Cache-Control': keep, ETag: tag }
  const known = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? []
  if (known.includes(tag) || known.includes(`W/${tag}`)) return new Response(null, { status: 304, headers })
  return new Response(await read(), { headers: { ...headers, 'Content-Type': type } })
}
