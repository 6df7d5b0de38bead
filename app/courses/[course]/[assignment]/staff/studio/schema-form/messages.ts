import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { FieldProblem } from '@/lib/schema-form/problems'

/** Texts of forms that are made from schemas. */
export interface SchemaFormMessages {
  readonly default: (value: string) => string
  readonly isDefault: string
  readonly option: (name: string) => string
  readonly reset: string
  readonly notSet: string
  readonly optional: string
  readonly add: string
  readonly remove: (index: number) => string
  readonly item: (index: number) => string
  readonly numbersHint: string
  readonly differs: string
  readonly yes: string
  readonly no: string
  readonly problem: (problem: FieldProblem) => string
}

const en: SchemaFormMessages = {
  default: (value) => `Default: ${value}`,
  isDefault: 'default',
  option: (name) => `${name} (default)`,
  reset: 'Back to the default',
  notSet: 'not set',
  optional: 'optional',
  add: 'Add',
  remove: (index) => `Remove ${index}`,
  item: (index) => `No. ${index}`,
  numbersHint: 'Numbers, with spaces or commas between them',
  differs: 'differs',
  yes: 'yes',
  no: 'no',
  problem: (problem) => {
    switch (problem.kind) {
      case 'missing':
        return 'This is needed.'
      case 'not-a-number':
        return 'Write a number.'
      case 'not-whole':
        return 'Write a whole number.'
      case 'too-small':
        return problem.open ? `Must be above ${problem.bound}.` : `Must be ${problem.bound} or more.`
      case 'too-large':
        return problem.open ? `Must be below ${problem.bound}.` : `Must be ${problem.bound} or less.`
      case 'too-short':
        return `Write at least ${problem.bound} characters.`
      case 'too-long':
        return `Write at most ${problem.bound} characters.`
      case 'too-few':
        return problem.bound === 1 ? 'Choose at least one.' : `At least ${problem.bound} are needed.`
      case 'too-many':
        return `At most ${problem.bound} are possible.`
      case 'not-allowed':
        return 'This value is not possible here.'
    }
  },
}

const zh: SchemaFormMessages = {
  default: (value) => `預設：${value}`,
  isDefault: '預設',
  option: (name) => `${name}（預設）`,
  reset: '恢復預設值',
  notSet: '未設定',
  optional: '選填',
  add: '新增',
  remove: (index) => `移除第 ${index} 項`,
  item: (index) => `第 ${index} 項`,
  numbersHint: '以空格或逗號分隔數字',
  differs: '不同',
  yes: '是',
  no: '否',
  problem: (problem) => {
    switch (problem.kind) {
      case 'missing':
        return '此欄位必填。'
      case 'not-a-number':
        return '請輸入數字。'
      case 'not-whole':
        return '請輸入整數。'
      case 'too-small':
        return problem.open ? `必須大於 ${problem.bound}。` : `不可小於 ${problem.bound}。`
      case 'too-large':
        return problem.open ? `必須小於 ${problem.bound}。` : `不可大於 ${problem.bound}。`
      case 'too-short':
        return `至少需要 ${problem.bound} 個字元。`
      case 'too-long':
        return `最多 ${problem.bound} 個字元。`
      case 'too-few':
        return `至少需要 ${problem.bound} 項。`
      case 'too-many':
        return `最多 ${problem.bound} 項。`
      case 'not-allowed':
        return '此處不能使用這個值。'
    }
  },
}

const dictionaries: Readonly<Record<Language, SchemaFormMessages>> = { en, zh }

export function useSchemaFormMessages(): SchemaFormMessages {
  return dictionaries[usePreferences().language.interface]
}
