using System.Text.Json.Serialization;

namespace MemOS.Models.Llama.Protocol;

/// <summary>One thing to do with the sequences of the context.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(DecodeStep), "decode")]
[JsonDerivedType(typeof(RemoveStep), "remove")]
[JsonDerivedType(typeof(EraseStep), "erase")]
[JsonDerivedType(typeof(CopyStep), "copy")]
[JsonDerivedType(typeof(ShiftStep), "shift")]
[JsonDerivedType(typeof(SaveStep), "save")]
[JsonDerivedType(typeof(RestoreStep), "restore")]
[JsonDerivedType(typeof(PositionsStep), "positions")]
[JsonDerivedType(typeof(AdaptersStep), "adapters")]
[JsonDerivedType(typeof(ControlVectorStep), "control")]
internal abstract record SequenceStep;
