"""Takes connections and requests and never answers; prints how many connections are open to FILE, ten times a second.

    hanging-upstream.py PORT FILE
"""
import asyncio
import sys

port, path = int(sys.argv[1]), sys.argv[2]
open_connections = 0


class Hanging(asyncio.Protocol):
    def connection_made(self, transport):
        global open_connections
        open_connections += 1

    def connection_lost(self, error):
        global open_connections
        open_connections -= 1


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Hanging, "127.0.0.1", port, backlog=4096)
    async with server:
        while True:
            with open(path, "w") as file:
                file.write(str(open_connections))
            await asyncio.sleep(0.1)


asyncio.run(main())
