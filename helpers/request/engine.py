"""The engine that holds the national records while people are found in them."""

import re
from typing import Annotated

from pydantic import AfterValidator, model_validator

from helpers.request.values import Part, Text, choice, complete, fault, key

DUCKDB, SPARK = "duckdb", "spark"
#: Spark on this machine, with two cores
HERE = "local[2]"
#: MB without which an engine does not start, or reads no extract
LEAST = {DUCKDB: 100, SPARK: 512}
_MASTER = re.compile(r"local\[([1-9]\d{0,2}|\*)\]|spark://\S+|yarn|k8s://\S+")


def _memory(size: str) -> str:
    if re.fullmatch(r"[1-9]\d{0,6}(MB|GB)", size) is None:
        raise fault("must be a whole number of MB or GB")
    return size


def _master(address: str) -> str:
    if _MASTER.fullmatch(address) is None:
        raise fault(
            "must be Spark on this machine or the address of a cluster",
            f"write {HERE}, for two cores, or an address such as spark://host:7077",
        )
    return address


class Engine(Part):
    """Which engine holds the national records, and what it may use."""

    name: choice(DUCKDB, SPARK) = key(
        "duckdb on one machine, or spark on one or many", DUCKDB, SPARK
    )
    master: Annotated[Text, AfterValidator(_master)] | None = key(
        f"where Spark works: {HERE} is two cores of this machine; spark:// and an "
        "address is a cluster",
        None, HERE,
    )  # fmt: skip
    memory: Annotated[Text, AfterValidator(_memory)] = key(
        "what the engine may use, beyond which it works with files in the run's folder",
        "6GB", "6GB",
    )  # fmt: skip

    @model_validator(mode="after")
    def _enough(self) -> "Engine":
        least = LEAST[self.name]
        if self.megabytes < least:
            raise fault(
                f"has too little memory for {self.name} to work with",
                f"write memory: {least}MB or more", self.memory,
            )  # fmt: skip
        return self

    @model_validator(mode="after")
    def _master_of_spark(self) -> "Engine":
        if self.name == SPARK:
            complete(self, "master", self.master or HERE)
        elif self.master:
            raise fault(
                "has a master, which DuckDB does not have",
                "delete master, or write name: spark", self.master,
            )  # fmt: skip
        return self

    @property
    def megabytes(self) -> int:
        """The memory as a number of megabytes, 1,024 to the gigabyte."""
        return int(self.memory[:-2]) * (1024 if self.memory.endswith("GB") else 1)
