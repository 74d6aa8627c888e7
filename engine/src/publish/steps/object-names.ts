export { objectName } from '../../storage/object-names.ts'
