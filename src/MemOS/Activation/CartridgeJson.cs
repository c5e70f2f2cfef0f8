using System.Text.Json.Serialization;

namespace MemOS.Activation;

[JsonSerializable(typeof(CartridgeOptions))]
internal sealed partial class CartridgeJson : JsonSerializerContext;
