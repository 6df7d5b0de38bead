/** Bytes on their way between page and server: deflated (raw), in base64. */

export async function unpackBytes(packed: string): Promise<Uint8Array<ArrayBuffer>> {
  const deflated = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))
  return through(deflated, new DecompressionStream('deflate-raw'))
}

export async function packBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const deflated = await through(bytes, new CompressionStream('deflate-raw'))
  let letters = ''
  // A call takes only so many arguments.
  for (let at = 0; at < deflated.length; at += 8192)
    letters += String.fromCharCode(...deflated.subarray(at, at + 8192))
  return btoa(letters)
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const read = new Blob([bytes]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(read).arrayBuffer())
}
