import { en as attempt } from './attempt/en'
import { en as figure } from './figure/en'
import type { Messages } from './messages'
import { en as site } from './site/en'

export const en: Messages = { ...site, ...attempt, ...figure }
