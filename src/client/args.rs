//! Between Rust data and the arguments of an event or an acknowledgement.
//!
//! One rule, both ways: a tuple is the list of arguments, `()` is none, anything else is one.

use js_sys::Array;
use serde::de::{self, DeserializeOwned, Visitor};
use serde::ser::{self, Serialize};
use serde_wasm_bindgen::{Deserializer, Error, Serializer};
use wasm_bindgen::{JsCast, JsValue};

use crate::web::host;

/// What JSON makes of Rust data, but for bytes: they become attachments.
static SERIALIZER: Serializer =
    Serializer::new().serialize_missing_as_null(true).serialize_maps_as_objects(true);

type Inner = &'static Serializer;

/// The arguments that `value` stands for.
pub(super) fn to_args<T: Serialize + ?Sized>(value: &T) -> Result<Array, String> {
    let mut is_list = false;
    let is_empty = size_of_val(value) == 0;
    let value = value.serialize(ArgsSerializer { is_list: &mut is_list, is_empty });
    let value = value.map_err(message)?;
    Ok(if is_list { value.unchecked_into() } else { Array::of1(&value) })
}

/// One JavaScript value, whatever `value` is.
pub(super) fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, String> {
    value.serialize(&SERIALIZER).map_err(message)
}

/// What the arguments stand for. Missing ones are `undefined`, additional ones don't matter.
pub(super) fn from_args<T: DeserializeOwned>(args: &Array) -> Result<T, String> {
    decode(args, ArgsDeserializer(args))
}

/// What one JavaScript value stands for.
pub(super) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    decode(&Array::of1(value), Deserializer::from(value.clone()))
}

fn decode<'de, T, D>(data: &Array, deserializer: D) -> Result<T, String>
where
    T: DeserializeOwned,
    D: de::Deserializer<'de, Error = Error>,
{
    if host::is_deep(data) {
        return Err("the data nests deeper than 128 levels".into());
    }
    T::deserialize(deserializer).map_err(message)
}

/// What serde says, without the `Error: ` before it.
fn message(error: Error) -> String {
    match JsValue::from(error).dyn_into::<js_sys::Error>() {
        // The browser's, of a value that there is no way to go through.
        Ok(error) if error.is_instance_of::<js_sys::TypeError>() => "expected a list".into(),
        Ok(error) => error.message().into(),
        Err(thrown) => js_sys::JsString::from(thrown).into(),
    }
}

/// Notes whether what it made is the list of arguments, not one of them.
struct ArgsSerializer<'a> {
    is_list: &'a mut bool,
    /// Whether there is nothing to the value: a `()`, where the null of a type that may be more
    /// is an argument.
    is_empty: bool,
}

macro_rules! make_one_argument {
    ($($method:ident($($name:ident: $type:ty),*) -> $made:ident;)*) => {
        $(fn $method(self, $($name: $type),*) -> Result<Self::$made, Error> {
            SERIALIZER.$method($($name),*)
        })*
    };
}

impl ser::Serializer for ArgsSerializer<'_> {
    type Ok = JsValue;
    type Error = Error;
    type SerializeSeq = <Inner as ser::Serializer>::SerializeSeq;
    type SerializeTuple = <Inner as ser::Serializer>::SerializeTuple;
    type SerializeTupleStruct = <Inner as ser::Serializer>::SerializeTupleStruct;
    type SerializeTupleVariant = <Inner as ser::Serializer>::SerializeTupleVariant;
    type SerializeMap = <Inner as ser::Serializer>::SerializeMap;
    type SerializeStruct = <Inner as ser::Serializer>::SerializeStruct;
    type SerializeStructVariant = <Inner as ser::Serializer>::SerializeStructVariant;

    fn serialize_unit(self) -> Result<JsValue, Error> {
        if !self.is_empty {
            return SERIALIZER.serialize_unit();
        }
        *self.is_list = true;
        Ok(Array::new().into())
    }

    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, Error> {
        *self.is_list = true;
        SERIALIZER.serialize_tuple(len)
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleStruct, Error> {
        *self.is_list = true;
        SERIALIZER.serialize_tuple_struct(name, len)
    }

    make_one_argument! {
        serialize_bool(v: bool) -> Ok;
        serialize_i8(v: i8) -> Ok;
        serialize_i16(v: i16) -> Ok;
        serialize_i32(v: i32) -> Ok;
        serialize_i64(v: i64) -> Ok;
        serialize_i128(v: i128) -> Ok;
        serialize_u8(v: u8) -> Ok;
        serialize_u16(v: u16) -> Ok;
        serialize_u32(v: u32) -> Ok;
        serialize_u64(v: u64) -> Ok;
        serialize_u128(v: u128) -> Ok;
        serialize_f32(v: f32) -> Ok;
        serialize_f64(v: f64) -> Ok;
        serialize_char(v: char) -> Ok;
        serialize_str(v: &str) -> Ok;
        serialize_bytes(v: &[u8]) -> Ok;
        serialize_none() -> Ok;
        serialize_unit_struct(name: &'static str) -> Ok;
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> Ok;
        serialize_seq(len: Option<usize>) -> SerializeSeq;
        serialize_map(len: Option<usize>) -> SerializeMap;
        serialize_struct(name: &'static str, len: usize) -> SerializeStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize)
            -> SerializeTupleVariant;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize)
            -> SerializeStructVariant;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<JsValue, Error> {
        SERIALIZER.serialize_some(value)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<JsValue, Error> {
        SERIALIZER.serialize_newtype_struct(name, value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<JsValue, Error> {
        SERIALIZER.serialize_newtype_variant(name, index, variant, value)
    }
}

/// Reads a tuple from all the arguments, anything else from the first.
struct ArgsDeserializer<'a>(&'a Array);

impl ArgsDeserializer<'_> {
    fn first(&self) -> Deserializer {
        self.0.get(0).into()
    }
}

macro_rules! read_one_argument {
    ($($method:ident($($name:ident: $type:ty),*);)*) => {
        $(fn $method<V: Visitor<'de>>(
            self,
            $($name: $type,)*
            visitor: V,
        ) -> Result<V::Value, Error> {
            self.first().$method($($name,)* visitor)
        })*
    };
}

impl<'de> de::Deserializer<'de> for ArgsDeserializer<'_> {
    type Error = Error;

    // Who wants no argument has what is wanted, whatever came.
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(ArgsAccess { args: self.0, wanted: 0..len })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(len, visitor)
    }

    read_one_argument! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_option();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_map();
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }
}

/// The arguments one by one.
struct ArgsAccess<'a> {
    args: &'a Array,
    wanted: std::ops::Range<usize>,
}

impl<'de> de::SeqAccess<'de> for ArgsAccess<'_> {
    type Error = Error;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(index) = self.wanted.next() else { return Ok(None) };
        let arg = self.args.get(u32::try_from(index).unwrap_or(u32::MAX));
        let value = seed.deserialize(Deserializer::from(arg));
        value.map(Some).map_err(|error| {
            let place = index.saturating_add(1);
            de::Error::custom(format_args!("argument {place}: {}", message(error)))
        })
    }
}
