import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` sends API calls while developing. */
const server = process.env.HEDDLE_URL ?? 'http://127.0.0.1:3000'

export default defineConfig({
  base: '/designer/',
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/api': { target: server, headers: { origin: server } } } },
  build: { chunkSizeWarningLimit: 1000 },
})
