import { defineConfig } from 'drizzle-kit';

process.env.DATABASE_URL = 'postgres://generate';

export default defineConfig({
	dialect: 'postgresql',
	schema: './src/lib/server/db/schema/*.ts',
	out: './drizzle/postgres',
	casing: 'snake_case'
});
