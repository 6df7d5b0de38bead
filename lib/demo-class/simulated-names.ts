import type { RandomStream } from '@/lib/explainers/random'

const families =
  'Chen Lin Huang Chang Lee Wang Wu Liu Tsai Yang Hsu Cheng Hsieh Kuo Hung Chiu Tseng Liao Lai Chou Yeh Su Chuang Lu Chiang'
const givens =
  'Yu-Ting Chia-Hao Pin-Yu Cheng-En Yi-Chun Tzu-Han Po-Wei Hsin-Yi Kuan-Yu Ya-Ting Wei-Ting Chun-Hung Jia-Ling Zhi-Wei ' +
  'Shu-Fen Ming-Che Pei-Shan Tsung-Han Wan-Ju Yen-Ling Shao-Chi En-Ting Li-Wen Han-Yu Kai-Wen Yun-Ru Sheng-Kai Hui-Chen'

const pick = (names: string, random: RandomStream) => {
  const list = names.split(' ')
  return list[random.integer(list.length)]!
}

/** The end of every simulated address. No mail can reach it: `.invalid` is reserved for names that do not exist (RFC 2606). */
export const simulatedDomain = 'simulated.invalid'

/**
 * @param index makes the address unique
 * @returns a name as any in a class, and an address that says what it is wherever it is shown
 */
export function simulatedPerson(index: number, random: RandomStream): { name: string; email: string } {
  const [given, family] = [pick(givens, random), pick(families, random)]
  const local = `${given.replace('-', '')}.${family}.${String(index + 1).padStart(4, '0')}`.toLowerCase()
  return { name: `${given} ${family}`, email: `${local}@${simulatedDomain}` }
}
