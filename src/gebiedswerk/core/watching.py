"""Things that record what they are asked, so that the same can be asked again later: verifying traces.

A watched thing looks like the thing itself. Reading one of its attributes, or calling one of its methods, is a
question; a `Grain` beside a class says where questions are finer (`nested`, `keyed`) and which methods are nothing but
questions to the rest (`through`). All else is one question with its whole answer, so that nothing can be read unseen.
Source: A. Mokhov, N. Mitchell, S. Peyton Jones, Build Systems à la Carte (ICFP 2018), verifying traces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property, singledispatch
from inspect import getattr_static
from types import MethodType, NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from gebiedswerk.core.faults import GebiedswerkError

T = TypeVar("T")
Step = str | tuple[Any, ...]
"""An attribute by its name, or a method with its arguments."""
Question = tuple[Step, ...]
"""The name of a root, and the steps from there."""
Names = Sequence[str]
KEY, HAS, KEYS, LENGTH = "[]", "in", "keys", "len"
"""Steps into a mapping or a sequence."""


class NotAsked(GebiedswerkError):
    """Something reads what its trace does not name."""

    def __init__(self, question: Question) -> None:
        super().__init__(f"{question} was not asked before.")


class CannotBeCompared(GebiedswerkError):
    """An answer of a kind that cannot be told from another one."""

    def __init__(self, answer: object) -> None:
        super().__init__(f"An answer of kind {type(answer).__name__} cannot be compared.")


@dataclass(frozen=True, slots=True)
class Grain:
    """How a class is watched; names of its attributes and methods.

    `nested`: what they give is watched in its turn (a thing, or a mapping or sequence of things). `keyed`: mappings of
    which each key is a question of its own. `through`: run over the watched thing, so that what they read is recorded.
    """

    nested: frozenset[str] = frozenset()
    keyed: frozenset[str] = frozenset()
    through: frozenset[str] = frozenset()


WHOLE = Grain()
GRAIN = "__grain__"
"""Where a class keeps how it is watched."""


def watched_by(kind: type, *, nested: Names = (), keyed: Names = (), through: Names = ()) -> None:
    """Say how a class is watched."""
    setattr(kind, GRAIN, Grain(frozenset(nested), frozenset(keyed), frozenset(through)))


class Recorder:
    """What is asked of some things (`roots`, by name) while something is made.

    `allowed`: if given, another question raises NotAsked.
    """

    def __init__(self, roots: Mapping[str, object]) -> None:
        self.roots = roots
        self.asked: set[Question] = set()

    def watch(self, name: str) -> Any:
        """A root as something that records."""
        return watched(self.roots[name], (name,), self)

    def of(self, make: Callable[[], T]) -> tuple[T, frozenset[Question]]:
        """What is made, and all that was asked for it."""
        before, self.asked = self.asked, set()
        try:
            return make(), frozenset(self.asked)
        finally:
            self.asked = before

    def within(self, make: Callable[[], T], allowed: frozenset[Question]) -> T:
        """What is made by someone who may ask no other questions. Raises NotAsked."""
        before, self.asked = self.asked, _Allowed(allowed)
        try:
            return make()
        finally:
            self.asked = before

    def answer(self, question: Question) -> str:
        """The answer to a question, as something short that differs if the answer does."""
        found: Any = self.roots[cast(str, question[0])]
        for step in question[1:]:
            found = stepped(found, step)
        return answer_of(found)


class _Allowed(set[Question]):
    """Refuses whatever is not in it."""

    def add(self, question: Question) -> None:
        if question not in self:
            raise NotAsked(question)


@dataclass(frozen=True, slots=True)
class Gone:
    """Where nothing stands, and why not."""

    why: str


def stepped(thing: Any, step: Step) -> Any:
    """What a step of a question leads to; Gone where it leads nowhere."""
    if isinstance(thing, Gone):
        return thing
    try:
        return _step(thing, step)
    except (LookupError, AttributeError, GebiedswerkError) as problem:
        return Gone(type(problem).__name__)


def answer_of(thing: Any) -> str:
    """What a question led to, as something short that differs if it does. Raises CannotBeCompared."""
    return f"! {thing.why}" if isinstance(thing, Gone) else fingerprint(thing)


def alike(one: object, other: object) -> bool:
    """Whether two answers are one and the same, or the same in all their parts and the order of these.

    Of what cannot be compared nobody knows: False.
    """
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind in _AS_EQUAL:
        return one == other
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return len(one) == len(other) and all(map(alike, one, other)) and all(map(alike, one.values(), other.values()))
    if is_dataclass(one):
        if _is_plain(cast(Hashable, kind)):
            return bool(one == other)
        return all(alike(getattr(one, name), getattr(other, name)) for name in _compared(cast(Hashable, kind)))
    if isinstance(one, float | Decimal):
        return repr(one) == repr(other)
    return isinstance(one, Hashable) and bool(one == other)


_AS_EQUAL = frozenset({NoneType, bool, int, str, bytes, date})
_PLAIN = (NoneType, bool, int, str, bytes, date, time, timedelta, Enum)
"""Of these, and of rows of these, equal is the same in all parts and their order."""


@cache  # cache: by a class, which is source
def _is_plain(kind: Hashable) -> bool:
    """Whether all that things of a class are made of is plain, so that equal ones are alike."""
    if get_origin(kind) in (tuple, Union, UnionType):
        return all(one is Ellipsis or _is_plain(one) for one in get_args(kind))
    if get_origin(kind) is Annotated:
        return _is_plain(get_args(kind)[0])
    if not isinstance(kind, type):
        return False
    if issubclass(kind, _PLAIN):
        return True
    if not is_dataclass(kind):
        return False
    try:
        hints = get_type_hints(kind)
    except NameError:  # a name that is known to who checks types alone
        return False
    return all(_is_plain(hints[one.name]) for one in fields(kind) if one.compare)


@cache  # cache: by a class, which is source
def _compared(kind: Hashable) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cast(Any, kind)) if one.compare)


def _step(thing: Any, step: Step) -> Any:
    if isinstance(step, str):
        return getattr(thing, step)
    name, *args = step
    if name == KEY:
        return thing[args[0]]
    if name == HAS:
        return args[0] in thing
    if name == KEYS:
        return tuple(thing)
    if name == LENGTH:
        return len(thing)
    return getattr(thing, name)(*args)


def watched(thing: Any, path: Question, recorder: Recorder) -> Any:
    """A thing that records what is asked of it below `path`. Raises TypeError for nothing: that is an answer."""
    if thing is None:
        raise TypeError(path)
    if isinstance(thing, Mapping):
        return _Map(thing, path, recorder, nested=True)
    if isinstance(thing, Sequence):
        return _Row(thing, path, recorder)
    return _class_of(cast(Hashable, type(thing)))(thing, path, recorder)


class Recording:
    """Looks like a thing, and records what is asked of it."""

    _grain = WHOLE

    def __init__(self, thing: Any, path: Question, recorder: Recorder) -> None:
        self._thing, self._path, self._recorder = thing, path, recorder

    @property
    def thing(self) -> Any:
        """The thing itself, for who records in another way."""
        return self._thing

    def ask(self, questions: Iterable[Question]) -> None:
        """Record questions that someone else asked of the thing."""
        self._recorder.asked.update((*self._path, *question) for question in questions)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        grain = self._grain
        if name in grain.nested or name in grain.keyed:
            found = self._finer(name, nested=name in grain.nested)
        else:
            found = getattr(self._thing, name)
            if not isinstance(found, MethodType):
                self._recorder.asked.add((*self._path, name))
                return found
            found = self._asking(name, found)
        self.__dict__[name] = found
        return found

    def _finer(self, name: str, *, nested: bool) -> Any:
        thing = getattr(self._thing, name)
        if isinstance(thing, MethodType):
            known: dict[Any, Any] = {}

            def call(*args: Any) -> Any:
                if args not in known:
                    known[args] = watched(thing(*args), (*self._path, (name, *args)), self._recorder)
                return known[args]

            return call
        path = (*self._path, name)
        return watched(thing, path, self._recorder) if nested else _Map(thing, path, self._recorder, nested=False)

    def _asking(self, name: str, method: Callable[..., Any]) -> Any:
        """A method of which each call is a question with an answer."""
        path, recorder = self._path, self._recorder

        def call(*args: Any) -> Any:
            recorder.asked.add((*path, (name, *args)))
            return method(*args)

        return call


@cache  # cache: by a class, which is source
def _class_of(kind: Hashable) -> type[Recording]:
    """The class of what looks like a kind of thing: each attribute a question, unless its grain says otherwise."""
    if not isinstance(kind, type):
        raise TypeError(kind)
    grain: Grain = getattr(kind, GRAIN, WHOLE)
    members: dict[str, Any] = {"_grain": grain}
    for name in {*dir(kind), *(one.name for one in (fields(kind) if is_dataclass(kind) else ()))}:
        if name.startswith("__") or name in grain.nested or name in grain.keyed:
            continue
        member = getattr_static(kind, name, None)
        if name in grain.through:
            members[name] = property(member.func) if isinstance(member, cached_property) else member
        elif not callable(member) or isinstance(member, type):
            members[name] = _question(name)
    return type(f"Recording{kind.__name__}", (Recording,), members)


def _question(name: str) -> property:
    """An attribute that is a question."""

    def asked(self: Recording) -> Any:
        self._recorder.asked.add((*self._path, name))
        return getattr(self._thing, name)

    return property(asked)


class _Map(Mapping[Any, Any]):
    """A mapping of which each key is a question, or, where `nested`, leads to something watched."""

    def __init__(self, thing: Mapping[Any, Any], path: Question, recorder: Recorder, *, nested: bool) -> None:
        self._thing, self._path, self._recorder, self._nested = thing, path, recorder, nested
        self._known: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:
        if not self._nested:
            self._recorder.asked.add((*self._path, (KEY, key)))
            if key not in self._thing:  # a mapping that makes what it does not have is not asked to
                raise KeyError(key)
            return self._thing[key]
        if key not in self:
            raise KeyError(key)
        if key not in self._known:
            self._known[key] = watched(self._thing[key], (*self._path, (KEY, key)), self._recorder)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        self._recorder.asked.add((*self._path, (HAS, key)))
        return key in self._thing

    def __iter__(self) -> Iterator[Any]:
        self._recorder.asked.add((*self._path, (KEYS,)))
        return iter(self._thing)

    def __len__(self) -> int:
        self._recorder.asked.add((*self._path, (KEYS,)))
        return len(self._thing)


class _Row(Sequence[Any]):
    """A sequence of things that are watched each."""

    def __init__(self, thing: Sequence[Any], path: Question, recorder: Recorder) -> None:
        self._thing, self._path, self._recorder = thing, path, recorder
        self._known: dict[int, Any] = {}

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[one] for one in range(len(self))[at]]
        at = range(len(self))[at]
        if at not in self._known:
            self._known[at] = watched(self._thing[at], (*self._path, (KEY, at)), self._recorder)
        return self._known[at]

    def __len__(self) -> int:
        self._recorder.asked.add((*self._path, (LENGTH,)))
        return len(self._thing)


def fingerprint(answer: object) -> str:
    """Something short that differs if an answer does. Raises CannotBeCompared for what cannot be told apart."""
    return hashlib.blake2b(written(answer).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@singledispatch
def written(answer: object) -> str:
    """An answer in full, the same each time. Raises CannotBeCompared; other rooms register kinds of their own."""
    kind = type(answer)
    if not is_dataclass(answer):
        raise CannotBeCompared(answer)
    return f"{kind.__name__}({','.join([written(getattr(answer, one.name)) for one in fields(answer)])})"


def _plain(answer: object) -> str:
    return repr(answer)


for _kind in (NoneType, bool, int, float, str, bytes, date, time, timedelta, Decimal):
    written.register(_kind, _plain)


@written.register(Enum)
def _enum(answer: Enum) -> str:
    return f"{type(answer).__name__}.{answer.name}"


@written.register(tuple)
def _tuple(answer: tuple[object, ...]) -> str:
    return f"({','.join([written(one) for one in answer])})"


@written.register(list)
def _list(answer: list[object]) -> str:
    return f"[{','.join([written(one) for one in answer])}]"


@written.register(set)
@written.register(frozenset)
def _set(answer: frozenset[object]) -> str:
    return f"{{{','.join(sorted([written(one) for one in answer]))}}}"


@written.register(Mapping)
def _mapping(answer: Mapping[object, object]) -> str:
    return f"{{{','.join([f'{written(key)}:{written(value)}' for key, value in answer.items()])}}}"
