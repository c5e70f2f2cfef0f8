using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Transfer.Importers;

/// <summary>One thing that a file of another system holds: something said, or a memory that it had made.</summary>
/// <param name="Message">What was said, or null.</param>
/// <param name="Memory">The memory, with an id that stays the same when the file is read again; or null.</param>
/// <param name="Archived">Whether the other system had put the memory away.</param>
internal readonly record struct ImportItem(Message? Message, NewCube? Memory, bool Archived = false);
