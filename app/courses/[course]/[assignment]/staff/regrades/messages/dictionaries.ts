import type { Language } from '@/app/messages/language'
import { en } from './en'
import type { RegradeMessages } from './messages'
import { zh } from './zh'

export const regradeDictionaries: Readonly<Record<Language, RegradeMessages>> = { en, zh }
