export { compileSql, compileWhere } from './compile-sql.ts'
export type { SqlResolver, SqlRows } from './compiling.ts'
