"""An asynchronous transport for a client that is not: there, one deadline covers all of a request."""

import asyncio
import threading
from concurrent.futures import Future

import httpx2

DEADLINE = "deadline"
"""The extension of a request that says how many seconds it may take."""
USUAL_SECONDS = 60.0
"""For a request that does not say."""


class OnLoop(httpx2.BaseTransport):
    """Requests on an event loop of its own, each held to its deadline, from looking up the name to the last
    byte of the answer: a read that is fed byte by byte outlives every timeout between two of them.

    The loop runs in a thread, so that callers may be in a loop themselves or in several threads.
    """

    def __init__(self, transport: httpx2.AsyncBaseTransport, most: int) -> None:
        """No answer is read much further than `most` bytes; whoever gets it says that it is too large."""
        self._transport = transport
        self._most = most
        self._open: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        # A daemon: a program that forgets to close still ends. What was answered is on the disk.
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)
        self._thread.start()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        loop, _ = self._open.result()
        return asyncio.run_coroutine_threadsafe(self._answer(request), loop).result()

    def close(self) -> None:
        if self._thread.is_alive():
            loop, closing = self._open.result()
            loop.call_soon_threadsafe(closing.set)
            self._thread.join()

    async def _live(self) -> None:
        closing = asyncio.Event()
        self._open.set_result((asyncio.get_running_loop(), closing))
        await closing.wait()
        await self._transport.aclose()

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        try:
            async with asyncio.timeout(request.extensions.get(DEADLINE, USUAL_SECONDS)):
                answer = await self._transport.handle_async_request(request)
                body = await self._body(answer)
        except TimeoutError:
            raise httpx2.ReadTimeout("no whole answer in time", request=request) from None
        # As a stream: what may be packed is unpacked by nobody who did not look at the head first.
        return httpx2.Response(answer.status_code, headers=answer.headers, stream=httpx2.ByteStream(body))

    async def _body(self, answer: httpx2.Response) -> bytes:
        body = bytearray()
        try:
            async for chunk in answer.aiter_raw():
                body += chunk
                if len(body) > self._most:
                    break
        finally:
            await answer.aclose()
        return bytes(body)
