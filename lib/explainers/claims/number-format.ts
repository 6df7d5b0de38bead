/** @returns three significant digits with the unit; a true minus sign, so that numbers align. */
export function formatNumber(value: number | null, unit = ''): string {
  if (value === null) return '–'
  const digits = Math.abs(value) >= 1000 ? value.toFixed(0) : Number(value.toPrecision(3)).toString()
  const separator = unit === '' || unit === '×' ? '' : ' '
  return `${digits.replaceAll('-', '−')}${separator}${unit}`
}
