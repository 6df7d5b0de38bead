import type { Refusal } from '@/app/components/use-request'

export type SentFile<Reply> =
  | { readonly reply: Reply }
  | { readonly refusal: Refusal }
  /** The server did not answer. */
  | { readonly refusal: null }

/** Sends a file as it is. @param progress percent of it that has left, which only this kind of request can tell. */
export function sendFile<Reply>(
  address: string,
  file: Blob,
  progress: (percent: number) => void = () => {},
): Promise<SentFile<Reply>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.responseType = 'json'
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => progress(Math.floor((100 * loaded) / (total || 1)))
    request.onload = () => {
      const { status, response } = request
      if (!response) resolve({ refusal: null })
      else resolve(status < 300 ? { reply: response as Reply } : { refusal: response as Refusal })
    }
    request.onerror = () => resolve({ refusal: null })
    request.send(file)
  })
}
