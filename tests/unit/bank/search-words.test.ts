import { expect, it } from 'vitest'
import { searchPatterns } from '@/lib/bank/search-words'

it('each word is sought once, in any case and width, with wildcards as they are written, eight at most', () => {
  expect(searchPatterns('  顯著圖 ＬＩＭＥ lime 100%_\\ ')).toEqual(['%顯著圖%', '%lime%', '%100\\%\\_\\\\%'])
  expect(searchPatterns('')).toEqual([])
  expect(searchPatterns('a b c d e f g h i j')).toHaveLength(8)
})
