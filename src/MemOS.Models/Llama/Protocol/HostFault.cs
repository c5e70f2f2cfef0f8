using System.Text.Json.Serialization;

namespace MemOS.Models.Llama.Protocol;

/// <summary>Ways to break a host.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HostFault>))]
internal enum HostFault
{
    /// <summary>Trips an assertion of the native library, which ends the process.</summary>
    NativeAssertion,

    /// <summary>Works for ever without progress.</summary>
    Hang,

    /// <summary>Takes memory without end.</summary>
    Devour,
}
