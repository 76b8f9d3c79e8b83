export function judgeAudit(printed: string): { code: 0 | 1 | 2; text: string };
