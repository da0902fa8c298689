/** The header by which a page proves that it is ours and not another one that uses its cookie. */
export const pageHeader = { name: 'X-Requested-With', value: 'wallbus' } as const
