/** SQL that writes a moment as '2026-11-22T05:34:34Z', the one form of moments in answers: every connection works in UTC. */
export const utcMoment = (column: string): string => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
