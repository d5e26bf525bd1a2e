"""Opens COUNT connections, sends on each the bytes of the file REQUEST, reads the answer's head (unless told not to),
keeps them open, prints how many it holds, and ends when its input ends.

    hold-connections.py PORT COUNT REQUEST [--no-answer]
"""
import asyncio
import resource
import sys

port, count, request = int(sys.argv[1]), int(sys.argv[2]), open(sys.argv[3], "rb").read()
waits = "--no-answer" not in sys.argv
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def hold(gate):
    async with gate:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        await writer.drain()
        if waits:
            await reader.readuntil(b"\r\n\r\n")
        return reader, writer


async def main():
    gate = asyncio.Semaphore(100)
    held = await asyncio.gather(*(hold(gate) for _ in range(count)), return_exceptions=True)
    print(sum(1 for each in held if isinstance(each, tuple)), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
