"""A kernel whose own streams end nowhere: what its libraries print is not the run's."""

import os
import subprocess
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from helpers.jupyter.ahead import NEXT, begin

#: what is said of a kernel that never came up, or answered on another one's port
NOT_UP = ("before replying", "didn't respond")


class Spoken(NamedTuple):
    """How a kernel is spoken to: the transport, its address, whether encrypted."""

    transport: str
    address: str
    encrypted: bool


#: how each kernel that this process started was spoken to
STARTED: list[Spoken] = []
#: the process of the last kernel that this one started
LAST: list[subprocess.Popen] = []


class _Waited(LocalProvisioner):
    """Makes a kernel of the process that waited for it, if one did."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        process = NEXT.pop() if NEXT else None
        if process is None or not begin(process, cmd, kwargs["env"]):
            await super().launch_kernel(cmd, **kwargs)
        else:
            self.process, self.pid = process, process.pid
            self.pgid = os.getpgid(process.pid)
        LAST[:] = [self.process]
        return self.connection_info


class QuietKernelManager(AsyncKernelManager):
    """Starts a kernel that cannot write to the driver's console.

    ipykernel sends to the notebook what a library or its C code prints, and writes it
    to the streams that it inherited as well.
    """

    async def _async_start_kernel(self, **kw: Any) -> None:
        self.kernel_id = str(uuid.uuid4())
        self.provisioner = _Waited(
            kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
        )
        await super()._async_start_kernel(
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kw
        )
        encrypted = self.curve_publickey is not None
        STARTED.append(Spoken(self.transport, self.ip, encrypted))

    start_kernel = _async_start_kernel


def execute_quietly(
    execute: Callable[..., Any], *arguments: Any, **options: Any
) -> None:
    """Execute a notebook; a kernel that did not come up is started once more.

    Runs side by side can be given the same port; then no cell has been executed.
    """
    try:
        execute(*arguments, **options)
    except RuntimeError as error:
        if not never_came_up(error):
            raise
        execute(*arguments, **options)


def never_came_up(error: RuntimeError) -> bool:
    """Tell whether an error says that a kernel did not answer even once."""
    return any(said in str(error) for said in NOT_UP)


def status() -> int | None:
    """Give the status with which the process of the last kernel ended.

    A signal that ended it is a negative number; None where it is still at work.
    """
    return LAST[-1].poll() if LAST else None
