using MemOS.Cubes;

namespace MemOS.Scheduler;

/// <summary>One part of an injection plan.</summary>
/// <param name="Cube">The cube, as the caller may see it. Its own access rules stay with it.</param>
/// <param name="Kind">The form in which it is injected: text into the prompt, a KV state mounted, an adapter applied.</param>
public sealed record InjectionPart(MemCube Cube, PayloadKind Kind);
