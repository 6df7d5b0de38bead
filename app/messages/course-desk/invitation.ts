import type { Language } from '../language'

/** What the page says on which an invitation is accepted. */
export interface InvitationMessages {
  readonly title: string
  readonly welcome: (name: string) => string
  readonly email: string
  readonly password: string
  readonly passwordHint: (characters: number) => string
  readonly again: string
  readonly different: string
  readonly accept: string
  readonly working: string
  readonly voidTitle: string
  readonly void: string
  readonly signIn: string
  readonly failed: string
  readonly invalid: string
}

const en: InvitationMessages = {
  title: 'Invitation',
  welcome: (name) => `Welcome, ${name}`,
  email: 'Email',
  password: 'Choose a password',
  passwordHint: (characters) => `At least ${characters} characters. A few words are easy to remember.`,
  again: 'Once more',
  different: 'The two passwords are not the same.',
  accept: 'Set the password and sign in',
  working: 'One moment …',
  voidTitle: 'This link no longer works',
  void: 'It was used, has expired, or was replaced by a newer one. If you have set a password already, sign in with it; otherwise ask your instructor for a new link.',
  signIn: 'Sign in',
  failed: 'The server cannot be reached. Check the network and try again.',
  invalid: 'The password is too short or too long.',
}

const zh: InvitationMessages = {
  title: '邀請',
  welcome: (name) => `${name}，歡迎`,
  email: '電子郵件',
  password: '設定密碼',
  passwordHint: (characters) => `至少 ${characters} 個字元，用幾個詞組成比較好記。`,
  again: '再輸入一次',
  different: '兩次輸入的密碼不同。',
  accept: '設定密碼並登入',
  working: '請稍候……',
  voidTitle: '這個連結已失效',
  void: '它已使用過、已過期，或已被新的連結取代。若你已設定密碼，請直接登入；否則請向教師索取新的連結。',
  signIn: '登入',
  failed: '無法連上伺服器，請檢查網路後再試。',
  invalid: '密碼太短或太長。',
}

export const invitationDictionaries: Readonly<Record<Language, InvitationMessages>> = { zh, en }
