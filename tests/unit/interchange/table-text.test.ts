import { describe, expect, it } from 'vitest'
import { decodeTable } from '@/lib/interchange/table-text'

const table = 'email,name\r\nmei@example.org,林美\r\n'

describe('a table’s file', () => {
  it('is read as UTF-8, with or without a mark', () => {
    expect(decodeTable(Buffer.from(table))).toBe(table)
    expect(decodeTable(Buffer.from(`\uFEFF${table}`))).toBe(table)
    expect(decodeTable(new Uint8Array())).toBe('')
  })

  it('is read as UTF-16 where a mark says so', () => {
    const text = Buffer.from(`\uFEFF${table}`, 'utf16le')
    expect(decodeTable(text)).toBe(table)
    expect(decodeTable(Buffer.from(text).swap16())).toBe(table)
  })

  it('is read as Big5 where it is no UTF-8, as Excel in Taiwan saves CSV', () => {
    const big5 = Buffer.concat([
      Buffer.from('email,name\r\nmei@example.org,'),
      Buffer.from([0xaa, 0x4c, 0xac, 0xfc]),
      Buffer.from('\r\n'),
    ])
    expect(decodeTable(big5)).toBe(table)
  })

  it('is refused where it is none of these', () => {
    expect(decodeTable(Buffer.from([0x4a, 0xe9, 0x2c, 0x0a]))).toBeNull()
    expect(decodeTable(Buffer.from('PK\x03\x04\0\0'))).toBeNull()
  })
})
