export function processCount(asked: string | undefined, processors?: number): number
