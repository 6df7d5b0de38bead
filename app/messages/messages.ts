import type { AttemptMessages } from './attempt/messages'
import type { FigureMessages } from './figure/messages'
import type { SiteMessages } from './site/messages'

/** Everything that a student's pages say, by area. A text missing in one language is a type error in its dictionary. */
export interface Messages extends SiteMessages, AttemptMessages, FigureMessages {}
