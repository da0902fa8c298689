export async function demo(_options: object): Promise<void> {}
