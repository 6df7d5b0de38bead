/** The bytes of a request as they arrive, for routes whose body is a file. Whoever stops reading ends the request. */
export async function* rawBody(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader()
  if (!reader) return
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => {})
  }
}
