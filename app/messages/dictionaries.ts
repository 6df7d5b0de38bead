import { en } from './en'
import type { Language } from './language'
import type { Messages } from './messages'
import { zh } from './zh'

export const dictionaries: Readonly<Record<Language, Messages>> = { zh, en }
