import { defineConfig } from 'drizzle-kit';

process.env.DATABASE_URL = 'file:generate';

export default defineConfig({
	dialect: 'sqlite',
	schema: './src/lib/server/db/schema/*.ts',
	out: './drizzle/sqlite',
	casing: 'snake_case'
});
