interface Header {
  readonly key: string
  readonly value: string
}
export const securityHeaders: Header[]
export const apiHeaders: Header[]
