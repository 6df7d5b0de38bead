import type { Language } from '../language'
import { en } from './en'
import type { DeskMessages } from './messages'
import { zh } from './zh'

export const deskDictionaries: Readonly<Record<Language, DeskMessages>> = { zh, en }
